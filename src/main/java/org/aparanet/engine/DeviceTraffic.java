package org.aparanet.engine;

/**
 * Launches, executes and bytes of a session's training steps, counted where they are asked for.
 *
 * @param buildSeconds time until the device's code was generated and built
 * @param firstStepSeconds time of the first training step, with what the device does once before
 *     it, such as taking the images over; 0 before it
 * @param steps training steps
 * @param executes times that the host started work and waited for it, in all steps
 * @param passes launches of the device's code, in all steps
 * @param uploadedBytes bytes handed to the device in all steps but for what it takes once: the
 *     images and the parameters to begin with
 * @param downloadedBytes bytes handed to the host in all steps
 */
public record DeviceTraffic(
    double buildSeconds,
    double firstStepSeconds,
    long steps,
    long executes,
    long passes,
    long uploadedBytes,
    long downloadedBytes) {}
