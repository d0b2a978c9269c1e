/** What pages are made of that need nothing else: markup, charts in two colour schemes, files. */
package org.aparanet.page;
