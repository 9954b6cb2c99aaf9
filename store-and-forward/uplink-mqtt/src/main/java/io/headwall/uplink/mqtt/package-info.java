/** The uplink over MQTT 5. Paho is called in one class, {@code PahoSession}. */
@org.jspecify.annotations.NullMarked
package io.headwall.uplink.mqtt;
