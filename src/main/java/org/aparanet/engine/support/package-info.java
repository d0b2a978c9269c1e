/**
 * Parts that engines share: checks of arguments, large arrays, names and work of a step's parts.
 */
package org.aparanet.engine.support;
