package io.headwall.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Latency of live readings and alarms, and the backlog, over the time of a run; as SVG. */
final class DrainPicture {

  private static final int WIDTH = 960;
  private static final int HEIGHT = 520;
  private static final int LEFT = 76;
  private static final int RIGHT = 940;
  private static final int LATENCY_TOP = 60;
  private static final int LATENCY_BOTTOM = 290;
  private static final int BACKLOG_TOP = 340;
  private static final int BACKLOG_BOTTOM = 470;
  private static final double MS_LOW = 1;
  private static final double MS_HIGH = 10_000;
  private static final double LIVE_GOAL_MS = 1_500;
  private static final double ALARM_GOAL_MS = 100;
  private static final int ACROSS = 8;
  private static final String LIVE = "#1f6f8b";
  private static final String ALARM = "#c1440e";
  private static final String BACKLOG = "#8d7b4f";

  private final long beganNs;
  private final double lengthS;
  private final List<Tick> ticks;
  private final List<Arrived> arrived;
  private final double backlogS;
  private final StringBuilder svg = new StringBuilder();
  private double awayS = -1;
  private double backS = -1;

  /**
   * A picture of a run.
   *
   * @param backlogS what the first look's pending readings stand for, in seconds of the bed
   */
  DrainPicture(long beganNs, List<Tick> ticks, List<Arrived> arrived, double backlogS) {
    this.beganNs = beganNs;
    this.ticks = List.copyOf(ticks);
    this.arrived = List.copyOf(arrived);
    this.backlogS = backlogS;
    this.lengthS = Math.max(1, seconds(ticks.getLast().atNs()));
  }

  /** The broker was away between two moments. */
  void outage(long awayNs, long backNs) {
    awayS = seconds(awayNs);
    backS = seconds(backNs);
  }

  String svg() {
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">\n"
                + "<rect width=\"%d\" height=\"%d\" fill=\"#fcfcfa\"/>\n",
            WIDTH,
            HEIGHT,
            WIDTH,
            HEIGHT));
    if (awayS >= 0) band();
    text(
        LEFT, 24, "Latency from the last byte on the line to the subscriber, each second", "start");
    latencyAxis();
    line(perSecond(false, 0.99), LIVE, 1.8, "");
    line(perSecond(false, 0.5), LIVE, 1.2, "4 3");
    dots();
    legend();
    text(LEFT, BACKLOG_TOP - 12, "Backlog of the bed", "start");
    backlog();
    timeAxis();
    return svg.append("</svg>\n").toString();
  }

  private void band() {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#e9e4dc\"/>\n",
            x(awayS),
            LATENCY_TOP,
            x(backS) - x(awayS),
            BACKLOG_BOTTOM - LATENCY_TOP));
    text((x(awayS) + x(backS)) / 2, LATENCY_TOP + 16, "no broker", "middle");
  }

  private void latencyAxis() {
    for (double ms = MS_LOW; ms <= MS_HIGH; ms *= 10) {
      rule(yMs(ms));
      text(
          LEFT - 8,
          yMs(ms) + 4,
          ms < 1000 ? Math.round(ms) + " ms" : Math.round(ms / 1000) + " s",
          "end");
    }
  }

  private void legend() {
    double y = LATENCY_TOP - 16;
    mark(LEFT, y, LIVE, "");
    text(LEFT + 30, y + 4, "live, 99 %", "start");
    mark(LEFT + 120, y, LIVE, "4 3");
    text(LEFT + 150, y + 4, "live, median", "start");
    svg.append(circle(LEFT + 270, y));
    text(LEFT + 280, y + 4, "alarms, each", "start");
    goal(LIVE_GOAL_MS, LIVE, "goal for live, 99 %");
    goal(ALARM_GOAL_MS, ALARM, "goal for alarms, 99 %");
  }

  private void goal(double ms, String colour, String what) {
    line(List.of(new Point(LEFT, yMs(ms)), new Point(RIGHT, yMs(ms))), colour, 0.8, "2 4");
    text(RIGHT, yMs(ms) - 5, what, "end");
  }

  private void mark(double x, double y, String colour, String dashes) {
    line(List.of(new Point(x, y), new Point(x + 24, y)), colour, 2, dashes);
  }

  private record Point(double x, double y) {}

  private List<Point> perSecond(boolean alarm, double part) {
    Map<Long, List<Arrived>> seconds = new TreeMap<>();
    for (Arrived a : arrived) {
      if (a.alarm() != alarm) continue;
      seconds.computeIfAbsent((long) seconds(a.atNs()), _ -> new ArrayList<>()).add(a);
    }
    List<Point> points = new ArrayList<>();
    seconds.forEach(
        (s, all) -> points.add(new Point(x(s + 0.5), yMs(Latencies.of(all, _ -> true).ms(part)))));
    return points;
  }

  private void dots() {
    for (Arrived a : arrived) {
      if (a.alarm()) svg.append(circle(x(seconds(a.atNs())), yMs(a.latencyNs() / 1e6)));
    }
  }

  private static String circle(double x, double y) {
    return String.format(
        Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\" fill=\"%s\"/>\n", x, y, ALARM);
  }

  private void backlog() {
    double highest = 1;
    for (Tick tick : ticks) highest = Math.max(highest, (double) tick.pending());
    double perReading = backlogS / 3_600 / highest;
    for (int quarter = 0; quarter <= 4; quarter += 2) {
      double y = BACKLOG_BOTTOM - (BACKLOG_BOTTOM - BACKLOG_TOP) * quarter / 4.0;
      rule(y);
      text(
          LEFT - 8,
          y + 4,
          String.format(Locale.ROOT, "%.0f h", highest * perReading * quarter / 4),
          "end");
    }
    List<Point> points = new ArrayList<>();
    for (Tick tick : ticks) {
      double part = tick.pending() / highest;
      points.add(
          new Point(
              x(seconds(tick.atNs())), BACKLOG_BOTTOM - (BACKLOG_BOTTOM - BACKLOG_TOP) * part));
    }
    line(points, BACKLOG, 2, "");
  }

  private void timeAxis() {
    double step = niceStep(lengthS / ACROSS);
    for (double s = 0; s <= lengthS; s += step) {
      text(x(s), BACKLOG_BOTTOM + 20, Math.round(s) + " s", "middle");
    }
    text((LEFT + RIGHT) / 2.0, BACKLOG_BOTTOM + 40, "since the box has started", "middle");
  }

  private static double niceStep(double least) {
    for (double step : new double[] {5, 10, 20, 30, 60, 120, 300, 600}) {
      if (step >= least) return step;
    }
    return 1_200;
  }

  private void rule(double y) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>\n",
            LEFT,
            y,
            RIGHT,
            y));
  }

  /** A line that is broken where two points are far apart in time. */
  private void line(List<Point> points, String colour, double width, String dashes) {
    StringBuilder path = new StringBuilder();
    Point before = null;
    for (Point point : points) {
      boolean on = before != null && (points.size() == 2 || point.x() - before.x() < apart());
      path.append(on ? 'L' : 'M');
      path.append(String.format(Locale.ROOT, "%.1f %.1f", point.x(), point.y()));
      before = point;
    }
    if (points.isEmpty()) return;
    svg.append(
        String.format(
            Locale.ROOT,
            "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\""
                + " stroke-dasharray=\"%s\"/>\n",
            path,
            colour,
            width,
            dashes));
  }

  private double apart() {
    return Math.max(30, x(5) - x(0));
  }

  private void text(double x, double y, String text, String anchor) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            x,
            y,
            anchor,
            text));
  }

  private double seconds(long ns) {
    return (double) (ns - beganNs) / TimeUnit.SECONDS.toNanos(1);
  }

  private double x(double s) {
    return LEFT + (RIGHT - LEFT) * s / lengthS;
  }

  private static double yMs(double ms) {
    double part = Math.log10(Math.clamp(ms, MS_LOW, MS_HIGH)) / Math.log10(MS_HIGH / MS_LOW);
    return LATENCY_BOTTOM - (LATENCY_BOTTOM - LATENCY_TOP) * part;
  }
}
