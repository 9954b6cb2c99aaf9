/**
 * Byte-level models of bedside devices, and the pseudo terminals they speak on.
 *
 * <p>A {@link io.headwall.model.DeviceModel} is pure: time comes in as an argument, bytes go out
 * with a due time. Threads and clocks live in {@link io.headwall.model.SimulatorRunner} alone.
 */
@org.jspecify.annotations.NullMarked
package io.headwall.model;
