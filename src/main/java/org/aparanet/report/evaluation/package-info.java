/** The results of a test as JSON and as a page. */
package org.aparanet.report.evaluation;
