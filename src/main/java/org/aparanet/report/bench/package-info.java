/**
 * The results of a bench as text, JSON, a page, and a timeline.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.report.bench;
