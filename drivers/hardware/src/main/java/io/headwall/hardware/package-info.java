/** What touches the machine: serial ports, the kernel's clocks and the transmit journal's files. */
package io.headwall.hardware;
