/** Which devices this machine has, which of them can be trusted, and which one a choice means. */
package org.aparanet.engine.select;
