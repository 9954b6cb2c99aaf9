package io.headwall.config;

/**
 * What a box's readings are: of patients, of tests or of exercises. Fixed when a box is enrolled.
 */
public enum Environment {
  PRODUCTION("production", "headwall"),
  TEST("test", "headwall-test"),
  TRAINING("training", "headwall-training");

  private final String word;
  private final String topicRoot;

  Environment(String word, String topicRoot) {
    this.word = word;
    this.topicRoot = topicRoot;
  }

  /** As written in the configuration. */
  public String word() {
    return word;
  }

  /** First level of every topic, so that a test can never be taken for a patient. */
  public String topicRoot() {
    return topicRoot;
  }
}
