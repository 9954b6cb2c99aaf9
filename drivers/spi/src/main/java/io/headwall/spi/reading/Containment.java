package io.headwall.spi.reading;

import io.headwall.spi.mdc.Code;

/**
 * Where in the device a reading belongs: MDS, VMD, channel of the 11073 domain information model.
 *
 * @param mds what the device is, for example {@code MDC_DEV_SYS_PT_VENT_MDS}
 * @param vmd the module
 * @param vmdInstance from 1
 * @param channel the channel
 * @param channelInstance from 1
 */
public record Containment(Code mds, Code vmd, int vmdInstance, Code channel, int channelInstance) {

  public Containment {
    if (vmdInstance < 1 || channelInstance < 1)
      throw new IllegalArgumentException("instances count from 1");
  }

  public static Containment of(Code mds, Code vmd, Code channel) {
    return new Containment(mds, vmd, 1, channel, 1);
  }

  public Containment instance(int vmdInstance, int channelInstance) {
    return new Containment(mds, vmd, vmdInstance, channel, channelInstance);
  }
}
