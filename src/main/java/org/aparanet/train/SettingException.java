package org.aparanet.train;

/**
 * A setting cannot be used as it is; the message is one sentence that begins with its name, such as
 * {@code momentum: sgd has none}.
 */
public final class SettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Name of the setting. */
  private final String setting;

  /** Name of another setting, which is missing; empty if there is none. */
  private final String needed;

  /** Why, in words that follow the name. */
  private final String reason;

  /** Whether other images could make it right. */
  private final boolean ofImages;

  private SettingException(
      Setting<?> setting, String needed, String reason, boolean ofImages, Throwable cause) {
    super(sentence("", setting.name(), needed, reason), cause);
    this.setting = setting.name();
    this.needed = needed;
    this.reason = reason;
    this.ofImages = ofImages;
  }

  /**
   * A value is not allowed, whatever is trained.
   *
   * @param setting whose value is refused
   * @param reason why, in words that follow the name
   * @param cause what failed below
   * @return the exception
   */
  public static SettingException refused(Setting<?> setting, String reason, Throwable cause) {
    return new SettingException(setting, "", ": " + reason, false, cause);
  }

  /**
   * A value does not suit the images.
   *
   * @param setting whose value is refused
   * @param reason why, in words that follow the name
   * @return the exception
   */
  public static SettingException unsuited(Setting<?> setting, String reason) {
    return new SettingException(setting, "", ": " + reason, true, null);
  }

  /**
   * A setting needs another one.
   *
   * @param what what the other one is
   */
  static SettingException needs(Setting<?> setting, Setting<?> other, String what) {
    return new SettingException(setting, other.name(), ", " + what, false, null);
  }

  /** {@return whether other images could make the setting right} */
  public boolean isOfImages() {
    return ofImages;
  }

  /**
   * {@return the message, with settings named otherwise}
   *
   * @param prefix of each name, such as {@code --}
   */
  public String sentence(String prefix) {
    return sentence(prefix, setting, needed, reason);
  }

  private static String sentence(String prefix, String setting, String needed, String reason) {
    return prefix + setting + (needed.isEmpty() ? "" : " needs " + prefix + needed) + reason;
  }
}
