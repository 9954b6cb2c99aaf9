/** The whole appliance on one thread in virtual time, under faults drawn from a seed. */
@org.jspecify.annotations.NullMarked
package io.headwall.simulation;
