/** The history of a training as JSON Lines: its format is written and read here alone. */
package org.aparanet.train.history;
