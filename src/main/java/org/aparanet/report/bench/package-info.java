/** The results of a bench as text, JSON, a page, and a timeline. */
package org.aparanet.report.bench;
