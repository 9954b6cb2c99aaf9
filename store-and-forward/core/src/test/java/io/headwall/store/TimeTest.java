package io.headwall.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.TimeQuality;
import io.headwall.spi.time.WallTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Anchors: when they are made, and what wall times come of them. */
class TimeTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long TEN_YEARS = 3_653 * 86_400 * SECOND;
  private static final long NOW = 1_795_500_000 * SECOND;

  @Test
  void withoutAnAnchorOfItsBootThereIsNoTime() {
    Timeline timeline = new Timeline(List.of(synced("boot-a", 100, NOW)));
    assertEquals(Moment.UNKNOWN, timeline.moment("boot-b", 100));
    assertEquals(TimeQuality.NONE, timeline.moment("boot-b", 100).quality());
    assertEquals(Moment.UNKNOWN, new Timeline(List.of()).moment("boot-a", 0));
  }

  @Test
  void afterSynchronisationTheLastAnchorBeforeTheReadingCounts() {
    Timeline timeline =
        new Timeline(List.of(synced("b", 200 * SECOND, NOW + 7), synced("b", 100 * SECOND, NOW)));
    assertEquals(
        new Moment(NOW, TimeQuality.SYNCED), timeline.moment("b", 100 * SECOND), "at the anchor");
    assertEquals(
        new Moment(NOW + 100 * SECOND - 1, TimeQuality.SYNCED),
        timeline.moment("b", 200 * SECOND - 1));
    assertEquals(new Moment(NOW + 7, TimeQuality.SYNCED), timeline.moment("b", 200 * SECOND));
    assertEquals(
        new Moment(NOW + 7 + TEN_YEARS, TimeQuality.SYNCED),
        timeline.moment("b", 200 * SECOND + TEN_YEARS));
  }

  @Test
  void beforeSynchronisationTheFirstAnchorAfterwardsMends() {
    Timeline timeline = new Timeline(List.of(anchor("b", 5 * SECOND, 0, TimeQuality.NONE)));
    assertEquals(TimeQuality.NONE, timeline.moment("b", 9 * SECOND).quality());
    timeline.add(anchor("b", 20 * SECOND, NOW - 40 * SECOND, TimeQuality.RESTORED));
    assertEquals(
        new Moment(NOW - 51 * SECOND, TimeQuality.RESTORED), timeline.moment("b", 9 * SECOND));
    timeline.add(synced("b", 100 * SECOND, NOW));
    timeline.add(synced("b", 300 * SECOND, NOW + 999 * SECOND));
    assertEquals(
        new Moment(NOW - 91 * SECOND, TimeQuality.BACK_CORRECTED),
        timeline.moment("b", 9 * SECOND),
        "the nearest one, not the last");
  }

  @Test
  void anUntrustedAnchorNeverOverrulesATrustedOne() {
    Timeline timeline =
        new Timeline(
            List.of(
                synced("b", 100, NOW),
                anchor("b", 200, 5, TimeQuality.RESTORED),
                anchor("b", 50, 5, TimeQuality.NONE)));
    assertEquals(new Moment(NOW + 150, TimeQuality.SYNCED), timeline.moment("b", 250));
    assertEquals(new Moment(NOW - 40, TimeQuality.BACK_CORRECTED), timeline.moment("b", 60));
  }

  @Test
  void aClockSetByAPersonIsTrustedAndSaysSo() {
    Timeline timeline = new Timeline(List.of(anchor("b", 100, NOW, TimeQuality.MANUAL)));
    assertEquals(new Moment(NOW + 1, TimeQuality.MANUAL), timeline.moment("b", 101));
  }

  @Test
  void aClockAt1970IsNoTime() {
    Timeline timeline = new Timeline(List.of(anchor("b", 30 * SECOND, 0, TimeQuality.NONE)));
    Moment moment = timeline.moment("b", 0);
    assertEquals(new Moment(-30 * SECOND, TimeQuality.NONE), moment);
    assertEquals(false, moment.quality().trusted());
  }

  @Test
  void stepsOfTenYearsMoveWhatComesAfterThemOnly() {
    for (long step : new long[] {TEN_YEARS, -TEN_YEARS}) {
      Timeline timeline = new Timeline(List.of(synced("b", 100, NOW)));
      timeline.add(synced("b", 200, NOW + 100 + step));
      assertEquals(NOW + 99, timeline.moment("b", 199).epochNs());
      assertEquals(NOW + 101 + step, timeline.moment("b", 201).epochNs());
    }
  }

  @Test
  void anAnchorIsDueAtTheStartAndThenNotWithoutNeed() {
    HandClocks clocks = new HandClocks();
    AnchorKeeper keeper = new AnchorKeeper(clocks);
    assertEquals(new Anchor("boot-h", 0, NOW, TimeQuality.SYNCED, 5), keeper.due());
    for (int day = 0; day < 30; day++) {
      clocks.pass(86_400 * SECOND, 86_400 * SECOND);
      assertNull(keeper.due());
    }
  }

  @Test
  void anAnchorIsDueAtEachTenMillisecondsOfDrift() {
    HandClocks clocks = new HandClocks();
    AnchorKeeper keeper = new AnchorKeeper(clocks);
    keeper.due();
    clocks.pass(SECOND, SECOND + 9_999_999);
    assertNull(keeper.due());
    clocks.pass(SECOND, SECOND + 1);
    @Nullable Anchor due = keeper.due();
    assertEquals(
        new Anchor("boot-h", 2 * SECOND, NOW + 2 * SECOND + 10_000_000, TimeQuality.SYNCED, 5),
        due);
    clocks.pass(SECOND, SECOND - 9_999_999);
    assertNull(keeper.due(), "drift counts from the last anchor");
    clocks.pass(SECOND, SECOND - 1);
    assertEquals(4 * SECOND, bootNs(keeper.due()));
  }

  @Test
  void anAnchorIsDueWhenTheClockSteps() {
    for (long step : new long[] {TEN_YEARS, -TEN_YEARS, -NOW}) {
      HandClocks clocks = new HandClocks();
      AnchorKeeper keeper = new AnchorKeeper(clocks);
      keeper.due();
      clocks.pass(1, step);
      assertEquals(1, bootNs(keeper.due()));
      assertNull(keeper.due());
    }
  }

  @Test
  void anAnchorIsDueWhenTheQualityChanges() {
    HandClocks clocks = new HandClocks();
    AnchorKeeper keeper = new AnchorKeeper(clocks);
    for (TimeQuality quality : TimeQuality.values()) {
      clocks.pass(1, 1);
      clocks.quality = quality;
      @Nullable Anchor due = keeper.due();
      assertEquals(quality, due == null ? null : due.quality());
      assertNull(keeper.due());
    }
  }

  @Test
  void theBedIsTheOneOfTheTimeOfMeasurement() {
    Place three = new Place("ICU 1", "3");
    Place four = new Place("ICU 1", "4");
    Places places =
        new Places(
            List.of(
                new Association(1, 500, four, "configuration"),
                new Association(1, 100, three, "configuration"),
                new Association(1, 700, Place.UNASSIGNED, "configuration"),
                new Association(2, 0, three, "configuration")));
    assertEquals(Place.UNASSIGNED, places.at(1, 99), "before the first nothing is guessed");
    assertEquals(three, places.at(1, 100));
    assertEquals(three, places.at(1, 499), "also when asked days later");
    assertEquals(four, places.at(1, 500));
    assertEquals(Place.UNASSIGNED, places.at(1, 700));
    assertEquals(three, places.at(2, 1), "each epoch has its own times");
    assertEquals(Place.UNASSIGNED, places.at(3, 1));
    places.add(new Association(1, 600, three, "command"));
    assertEquals(four, places.at(1, 599));
    assertEquals(three, places.at(1, 699));
  }

  private static long bootNs(@Nullable Anchor anchor) {
    return anchor == null ? -1 : anchor.bootNs();
  }

  private static Anchor synced(String boot, long bootNs, long epochNs) {
    return anchor(boot, bootNs, epochNs, TimeQuality.SYNCED);
  }

  private static Anchor anchor(String boot, long bootNs, long epochNs, TimeQuality quality) {
    return new Anchor(boot, bootNs, epochNs, quality, 0);
  }

  /** Clocks that are moved by hand. */
  private static final class HandClocks implements Clocks {
    private long bootNs;
    private long epochNs = NOW;
    private TimeQuality quality = TimeQuality.SYNCED;

    void pass(long monotonicNs, long wallNs) {
      bootNs += monotonicNs;
      epochNs += wallNs;
    }

    @Override
    public long bootNs() {
      return bootNs;
    }

    @Override
    public String bootId() {
      return "boot-h";
    }

    @Override
    public WallTime wall() {
      return new WallTime(bootNs, epochNs, quality, 5);
    }
  }
}
