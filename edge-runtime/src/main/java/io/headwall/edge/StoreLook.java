package io.headwall.edge;

import io.headwall.store.StoreException;
import io.headwall.store.StoreView;
import java.nio.file.Path;

/** Opens the store of a folder to look at it. */
interface StoreLook {
  StoreView at(Path folder) throws StoreException;
}
