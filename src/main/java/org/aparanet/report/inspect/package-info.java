/**
 * What each layer makes of images, as data and as a page to look into.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.report.inspect;
