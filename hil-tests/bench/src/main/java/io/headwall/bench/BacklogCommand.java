package io.headwall.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "backlog")
final class BacklogCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
