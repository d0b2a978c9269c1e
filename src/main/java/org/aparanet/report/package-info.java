/** Results to look at: what a test found out, as data, and as a page that needs nothing else. */
package org.aparanet.report;
