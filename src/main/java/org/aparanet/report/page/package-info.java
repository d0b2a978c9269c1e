/**
 * Parts that every page is made of: markup, charts in two colour schemes, the file itself.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.report.page;
