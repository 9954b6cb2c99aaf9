package io.headwall.bench;

import java.util.random.RandomGenerator;

/** A waveform as a 12-bit converter gives it: smooth where the body is, with a little noise. */
interface Signal {

  int MIDDLE = 2_048;
  int TOP = 4_095;

  /** The sample at a time, noise included. */
  int at(double seconds);

  /** An electrocardiogram at 75 beats a minute, 5 microvolts a step. */
  static Signal ecg(double amplitude, RandomGenerator random) {
    return noisy(
        1.2,
        random,
        seconds -> {
          double beat = (seconds / 0.8) % 1;
          double wave =
              25 * bump(beat, 0.18, 0.025)
                  - 18 * bump(beat, 0.335, 0.006)
                  + 220 * bump(beat, 0.355, 0.009)
                  - 45 * bump(beat, 0.378, 0.008)
                  + 60 * bump(beat, 0.62, 0.045);
          double wander = 12 * Math.sin(seconds * 2 * Math.PI / 4.1);
          return MIDDLE + amplitude * wave + wander;
        });
  }

  /** A pressure or volume pulse at 75 beats a minute: steep rise, notch, slow fall. */
  static Signal pulse(double height, RandomGenerator random) {
    return noisy(
        1,
        random,
        seconds -> {
          double beat = (seconds / 0.8) % 1;
          double wave =
              beat < 0.18 ? Math.sin(beat / 0.18 * Math.PI / 2) : Math.exp((0.18 - beat) * 2.6);
          return 900 + height * (wave + 0.12 * bump(beat, 0.42, 0.04));
        });
  }

  /** A breath every 4 s: 1.3 s in, the rest out. */
  static Signal breath(double height, RandomGenerator random) {
    return noisy(
        1,
        random,
        seconds -> {
          double t = seconds % 4;
          double wave = t < 1.3 ? 1 - Math.exp(-t / 0.35) : Math.exp((1.3 - t) / 0.5);
          return 600 + height * wave;
        });
  }

  /** The flow of such breaths: falling while in, steeply negative and back to none while out. */
  static Signal flow(double height, RandomGenerator random) {
    return noisy(
        2,
        random,
        seconds -> {
          double t = seconds % 4;
          double wave = t < 1.3 ? Math.exp(-t / 0.5) : -1.1 * Math.exp((1.3 - t) / 0.4);
          return MIDDLE + height * wave;
        });
  }

  private static double bump(double x, double middle, double width) {
    double d = (x - middle) / width;
    return Math.exp(-d * d / 2);
  }

  private static Signal noisy(double deviation, RandomGenerator random, Smooth smooth) {
    return seconds -> {
      long step = Math.round(smooth.at(seconds) + deviation * random.nextGaussian());
      return (int) Math.clamp(step, 0L, TOP);
    };
  }

  /** A signal before noise and rounding. */
  interface Smooth {
    double at(double seconds);
  }
}
