package org.aparanet.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aparanet.engine.Optimizer.Rule;

/** Names of the optimizers' rules, such as {@code nesterov}. */
public final class OptimizerNames {
  private OptimizerNames() {}

  /**
   * {@return the name of a rule}
   *
   * @param rule of an optimizer
   */
  public static String of(Rule rule) {
    return rule.name().toLowerCase(Locale.ROOT);
  }

  /** {@return the names of all rules} */
  public static List<String> all() {
    return Arrays.stream(Rule.values()).map(OptimizerNames::of).toList();
  }

  /**
   * {@return the rule of a name, in capitals or not, or none}
   *
   * @param name such as {@code adam}
   */
  public static Optional<Rule> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(Rule.values()).filter(rule -> of(rule).equals(lower)).findFirst();
  }
}
