package io.headwall.tidy;

/**
 * One breach of a house rule.
 *
 * @param where file and line, or the class or folder
 * @param subject what an allow-list would name: the top-level class, or the file
 * @param rule short name of the rule, as in an allow-list
 * @param fix what is wrong and what to do instead
 */
record Finding(String where, String subject, String rule, String fix) {

  @Override
  public String toString() {
    return where + ": " + rule + ": " + fix;
  }
}
