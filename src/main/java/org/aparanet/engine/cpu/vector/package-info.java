/**
 * Arithmetic on vectors: the {@code Vector...} classes, which alone need the module {@code
 * jdk.incubator.vector} and are loaded by name, the interfaces that they implement, and the tables
 * of indices that they read.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.cpu.vector;
