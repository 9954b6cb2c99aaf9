/** What leaves the box over MQTT and CoAP: topic paths, and packs as SenML messages and back. */
@org.jspecify.annotations.NullMarked
package io.headwall.format;
