package org.aparanet.data.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aparanet.data.DataSets;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void hasTheNamesThatCanBeOpened() {
    assertEquals(DataSets.names(), Catalogue.entries().stream().map(CatalogueEntry::name).toList());
  }

  @Test
  void everyFileIsCheckedByADigestThatCannotBeForged() {
    for (CatalogueEntry entry : Catalogue.entries()) {
      assertTrue(!entry.licence().isBlank() && !entry.source().isBlank(), entry.name());
      for (RemoteFile file : entry.files()) {
        assertEquals(Digest.Algorithm.SHA256, file.digest().algorithm(), file.name());
      }
    }
  }

  @Test
  void refusesWhatIsNoDigest() {
    assertEquals(
        "\"abc\" is no MD5; expected are 32 small hexadecimal digits",
        assertThrows(IllegalArgumentException.class, () -> Digest.md5("abc")).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Digest.sha256("G".repeat(64)));
  }

  @Test
  void refusesNamesOfFilesThatLeadElsewhere() {
    Digest digest = Digest.md5("0".repeat(32));
    for (String name : List.of("", "..", "../a", "a/b", "/a", "a\\b", ".a")) {
      assertThrows(IllegalArgumentException.class, () -> new RemoteFile(name, 1, digest), name);
    }
  }
}
