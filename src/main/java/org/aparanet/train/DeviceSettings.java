package org.aparanet.train;

import org.aparanet.engine.select.DeviceChoices;

/** Settings of a training on several devices: which of them go together, and their rounds. */
final class DeviceSettings {
  private DeviceSettings() {}

  /**
   * @throws SettingException if the settings do not go together
   */
  static void check(Settings settings) {
    boolean equal = settings.get(Setting.DETERMINISTIC).orElse(false);
    if (settings.has(Setting.SHARE)) {
      Shares shares = settings.get(Setting.SHARE).orElseThrow();
      if (shares.count() == 1) {
        throw SettingException.refused(
            Setting.SHARE, shares + " is one part alone; it takes several, such as 3:1", null);
      }
      if (equal) {
        throw SettingException.refused(
            Setting.DETERMINISTIC,
            "means equal shares, and "
                + Setting.SHARE.name()
                + " gives others; leave out one of the two",
            null);
      }
    } else if (!choices(settings).areSeveral()) {
      requireUnset(settings, Setting.ROUND);
      if (equal) {
        requireUnset(settings, Setting.DETERMINISTIC);
      }
    }
  }

  private static void requireUnset(Settings settings, Setting<?> setting) {
    if (settings.has(setting)) {
      throw SettingException.needs(
          setting, Setting.DEVICE, "several of them, such as opencl:0,cpu");
    }
  }

  /**
   * @throws SettingException if the devices do not suit a run that begins, or one that goes on
   */
  static void checkDevices(Settings settings, boolean resumed) {
    DeviceChoices choices = choices(settings);
    if (resumed && !settings.has(Setting.SHARE) && choices.areSeveral()) {
      throw SettingException.refused(
          Setting.DEVICE,
          choices
              + " may be several devices, but the training began with whole batches on one, and goes"
              + " on as it began; name one, such as cpu",
          null);
    }
    if (!resumed) {
      check(settings);
      settings.requireParts(choices.named().size());
    }
  }

  /**
   * @throws SettingException if there are fewer parts than devices
   */
  static void requireParts(Shares shares, int devices) {
    if (shares.count() < devices) {
      throw SettingException.refused(
          Setting.SHARE,
          shares
              + " has "
              + shares.count()
              + " parts for "
              + devices
              + " devices; it takes one for each, or more",
          null);
    }
  }

  /**
   * The rounds of a plan: equal shares for the devices that are named, unless shares are given.
   *
   * @throws SettingException if a share would have no image of a batch
   */
  static Rounds rounds(Settings settings, int batch) {
    int devices = Math.max(1, choices(settings).named().size());
    Shares shares = settings.get(Setting.SHARE).orElseGet(() -> Shares.equal(devices));
    return shares.count() == 1 ? Rounds.NONE : rounds(settings, shares, batch);
  }

  private static Rounds rounds(Settings settings, Shares shares, int batch) {
    for (int share = 0; share < shares.count(); share++) {
      if (shares.size(share, batch) == 0) {
        throw settings.has(Setting.SHARE) && !shares.areEqual()
            ? SettingException.refused(
                Setting.SHARE,
                shares
                    + " leaves nothing of a batch of "
                    + batch
                    + " images for part "
                    + (share + 1)
                    + "; take a larger batch, or more even parts",
                null)
            : SettingException.refused(
                Setting.BATCH,
                batch
                    + " is less than an image for each of "
                    + shares.count()
                    + (settings.has(Setting.SHARE) ? " shares" : " devices"),
                null);
      }
    }
    try {
      return new Rounds(
          shares,
          settings.get(Setting.ROUND).orElse(1),
          settings.get(Setting.SHARDED).orElse(false));
    } catch (IllegalArgumentException e) {
      throw SettingException.refused(Setting.ROUND, e.getMessage(), e);
    }
  }

  private static DeviceChoices choices(Settings settings) {
    return settings.get(Setting.DEVICE).orElse(DeviceChoices.AUTO);
  }
}
