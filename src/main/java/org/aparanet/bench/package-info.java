/** Times devices side by side, per operation and per step: cases, runner, reports. */
package org.aparanet.bench;
