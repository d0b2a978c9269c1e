/** Times devices side by side, per operation and per step. It measures; {@code report} shows. */
package org.aparanet.bench;
