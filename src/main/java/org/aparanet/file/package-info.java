/**
 * Files as all of the program treats them: written whole or not at all, claimed by one process at a
 * time, and with the true reason where something fails.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.file;
