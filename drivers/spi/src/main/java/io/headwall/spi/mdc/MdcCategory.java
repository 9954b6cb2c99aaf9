package io.headwall.spi.mdc;

/** Parts of the nomenclature table. */
public enum MdcCategory {
  MONITOR,
  VENTILATOR,
  MODE,
  GAS,
  LAB,
  PUMP,
  DIALYSIS,
  ALARM,
  DEVICE,
  ATTR
}
