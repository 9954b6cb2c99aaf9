package io.headwall.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "memory")
final class MemoryCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
