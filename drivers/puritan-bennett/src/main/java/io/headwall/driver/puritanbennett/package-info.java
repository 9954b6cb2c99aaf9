/** Puritan Bennett 840 and 980 ventilators: polled reports and the waveform port. */
@NullMarked
package io.headwall.driver.puritanbennett;

import org.jspecify.annotations.NullMarked;
