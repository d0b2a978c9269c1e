/**
 * Augmentation: images changed at random while a network is trained with them, and the threads that
 * do it ahead of time. {@code docs/augmentation.md} says what each change does.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.data.augment;
