/**
 * The results of a test as JSON and as a page.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.report.evaluation;
