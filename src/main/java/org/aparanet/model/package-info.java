/**
 * Networks: layers, shapes, parameters, its text form and its file. Knows nothing of how it is
 * computed.
 */
package org.aparanet.model;
