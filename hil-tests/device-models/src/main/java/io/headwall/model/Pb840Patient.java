package io.headwall.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * The ventilated patient behind a Puritan Bennett model: a few wandering values, and the measured
 * fields that follow from them the way they do in a real answer (minute volume is rate times tidal
 * volume, as printed).
 */
final class Pb840Patient {

  private static final double SECONDS_PER_MINUTE = 60;
  private static final double INSPIRATION_S = 1.383;
  private static final double MEAN_SHARE = 0.22;
  private static final double PLATEAU_SHARE = 0.75;
  private static final double INSPIRED_SHARE = 1.01;
  private static final double FLOW_L_PER_S = 0.5;
  private static final double ML_PER_L = 1000;
  private static final double IE_MIN = 0.2;
  private static final double IE_MAX = 9.99;

  private final Drift rate;
  private final Drift volume;
  private final Drift peak;
  private final Drift peep;
  private final Drift oxygen;
  private final Drift expiratoryFlow;

  Pb840Patient(SplittableGenerator random) {
    rate = new Drift(14, 1.5, new Drift.Bounds(4, 60), random.split());
    volume = new Drift(0.448, 0.03, new Drift.Bounds(0.05, 2), random.split());
    peak = new Drift(22, 1.5, new Drift.Bounds(8, 90), random.split());
    peep = new Drift(6, 0.3, new Drift.Bounds(0, 30), random.split());
    oxygen = new Drift(40, 0.6, new Drift.Bounds(21, 100), random.split());
    expiratoryFlow = new Drift(52, 3, new Drift.Bounds(10, 200), random.split());
  }

  void onPowerOn(long nowNs) {
    for (Drift vital : List.of(rate, volume, peak, peep, oxygen, expiratoryFlow)) {
      vital.start(nowNs);
    }
  }

  Optional<Drift> vital(String name) {
    return switch (name) {
      case "rate" -> Optional.of(rate);
      case "vte" -> Optional.of(volume);
      case "peak" -> Optional.of(peak);
      case "peep" -> Optional.of(peep);
      case "o2" -> Optional.of(oxygen);
      case "pef" -> Optional.of(expiratoryFlow);
      default -> Optional.empty();
    };
  }

  /** The texts of the measured fields of the SNDF answer, by field number. */
  Map<Integer, String> measured(long nowNs) {
    double breaths = printed(rate, 1, nowNs);
    double litres = printed(volume, 3, nowNs);
    double high = printed(peak, 1, nowNs);
    double low = Math.min(printed(peep, 1, nowNs), high - 2);
    double plateau = low + (high - low) * PLATEAU_SHARE;
    double cycle = SECONDS_PER_MINUTE / breaths;
    String ratio = Drift.text(Math.clamp(cycle / INSPIRATION_S - 1, IE_MIN, IE_MAX), 2);
    Map<Integer, String> texts = new HashMap<>();
    texts.put(69, Drift.text(plateau, 1));
    texts.put(70, Drift.text(breaths, 1));
    texts.put(71, Drift.text(litres, 3));
    texts.put(72, Drift.text(breaths * litres, 3));
    texts.put(73, Drift.text(high, 1));
    texts.put(74, Drift.text(low + (high - low) * MEAN_SHARE, 1));
    texts.put(75, ratio);
    texts.put(76, "1:" + ratio);
    texts.put(77, Drift.text(oxygen.at(nowNs), 0));
    texts.put(78, Drift.text(litres * INSPIRED_SHARE, 3));
    texts.put(87, Drift.text(low, 1));
    texts.put(96, Drift.text(litres * ML_PER_L / (plateau - low), 1));
    texts.put(97, Drift.text((high - plateau) / FLOW_L_PER_S, 1));
    texts.put(99, Drift.text(expiratoryFlow.at(nowNs), 1));
    return texts;
  }

  private static double printed(Drift vital, int decimals, long nowNs) {
    return Double.parseDouble(Drift.text(vital.at(nowNs), decimals));
  }
}
