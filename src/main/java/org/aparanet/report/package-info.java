/**
 * Results to look at: what a test found out, as data, and as a page that needs nothing else.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.report;
