package org.aparanet.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** How much of a request is read. */
class BodyBudgetTest {
  private static final int MIB = 1 << 20;
  private final BodyBudget budget = new BodyBudget(MIB, 2 * MIB);

  @Test
  void aBodyIsReadWhole() throws IOException {
    byte[] bytes = new byte[MIB];
    bytes[MIB - 1] = 7;

    try (BodyBudget.Body body = budget.read(new ByteArrayInputStream(bytes), "" + MIB)) {
      assertArrayEquals(bytes, body.bytes());
    }
    try (BodyBudget.Body empty = budget.read(InputStream.nullInputStream(), null)) {
      assertEquals(0, empty.bytes().length);
    }
  }

  @Test
  void aLargerOneIsRefusedWhetherItTellsItsLengthOrNot() {
    assertEquals(413, refused(InputStream.nullInputStream(), "" + (MIB + 1)));
    assertEquals(413, refused(new ByteArrayInputStream(new byte[MIB + 1]), null));
    assertEquals(413, refused(endless(), null));
    assertEquals(413, refused(endless(), "99999999999999"));
  }

  @Test
  void lengthsThatAreNoneAreRefused() {
    for (String length : new String[] {"-1", "x", "", "1e3", "99999999999999999999"}) {
      assertEquals(400, refused(InputStream.nullInputStream(), length), length);
    }
  }

  @Test
  void aBodyThatEndsEarlyIsNoRequest() {
    assertThrows(IOException.class, () -> budget.read(new ByteArrayInputStream(new byte[9]), "10"));
  }

  @Test
  void allTogetherHaveALimitAndGiveTheirRoomBack() throws IOException {
    for (int round = 0; round < 5; round++) {
      try (BodyBudget.Body one = budget.read(new ByteArrayInputStream(new byte[MIB]), null);
          BodyBudget.Body two = budget.read(new ByteArrayInputStream(new byte[MIB]), null)) {
        assertEquals(2 * MIB, one.bytes().length + two.bytes().length);
        assertEquals(503, refused(new ByteArrayInputStream(new byte[1]), null));
      }
      assertEquals(413, refused(endless(), null));
    }
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return 0;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        return length;
      }
    };
  }

  private int refused(InputStream in, String announced) {
    return assertThrows(RequestException.class, () -> budget.read(in, announced)).status();
  }
}
