/** The way in for Java programs. */
package org.aparanet;
