/**
 * The contract between training and the devices that compute: engine, session, device, optimizer,
 * and what a session tells of a step. No implementation stands here.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine;
