/**
 * The outbox in one SQLite file, {@code outbox.db} in the store's folder.
 *
 * <p>The only package that sees {@code java.sql} and sqlite-jdbc. How the file is built and what a
 * packager has to know stands in the module's README.
 */
package io.headwall.store.sqlite;
