package org.aparanet.engine;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;

/** Bytes of all arrays of numbers that an object of this project holds, found by its fields. */
public final class HeldArrays {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> rest = new ArrayDeque<>();
  private final Predicate<Class<?>> counted;
  private long bytes;

  private HeldArrays(Predicate<Class<?>> counted) {
    this.counted = counted;
  }

  /** Bytes of the arrays of floats and doubles. */
  public static long floats(Object root) throws IllegalAccessException {
    return new HeldArrays(type -> type == float.class || type == double.class).from(root);
  }

  /** Bytes of the arrays of all numbers. */
  public static long numbers(Object root) throws IllegalAccessException {
    return new HeldArrays(type -> true).from(root);
  }

  private long from(Object root) throws IllegalAccessException {
    rest.add(root);
    while (!rest.isEmpty()) {
      Object next = rest.poll();
      if (seen.add(next)) {
        visit(next);
      }
    }
    return bytes;
  }

  private void visit(Object object) throws IllegalAccessException {
    Class<?> type = object.getClass();
    if (type.isArray()) {
      Class<?> element = type.getComponentType();
      if (!element.isPrimitive()) {
        for (Object value : (Object[]) object) {
          follow(value);
        }
      } else if (counted.test(element)) {
        bytes += (long) Array.getLength(object) * (element == byte.class ? 1 : width(element));
      }
    } else if (object instanceof Collection<?> values) {
      values.forEach(this::follow);
    } else if (type.getName().startsWith("org.aparanet.") && !(object instanceof Enum)) {
      for (Class<?> c = type; c != null && c.getName().startsWith("org.aparanet."); ) {
        for (Field field : c.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            field.setAccessible(true);
            follow(field.get(object));
          }
        }
        c = c.getSuperclass();
      }
    }
  }

  private static int width(Class<?> element) {
    return element == double.class || element == long.class
        ? 8
        : element == boolean.class ? 1 : Float.BYTES;
  }

  private void follow(Object value) {
    if (value != null) {
      rest.add(value);
    }
  }
}
