@NullMarked
package io.headwall.driver.puritanbennett;

import org.jspecify.annotations.NullMarked;
