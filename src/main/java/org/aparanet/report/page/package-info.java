/** Parts that every page is made of: markup, charts in two colour schemes, the file itself. */
package org.aparanet.report.page;
