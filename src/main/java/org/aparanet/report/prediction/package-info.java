/**
 * The classes of images as text to read, and as CSV and JSON for programs.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.report.prediction;
