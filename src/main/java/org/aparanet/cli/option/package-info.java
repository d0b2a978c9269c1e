/**
 * Options that several commands have, their values, and what is checked before a command starts.
 */
package org.aparanet.cli.option;
