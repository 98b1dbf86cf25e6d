package io.github.k8sclient.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the process occupies.
 */
final class Footprint {

	private static final Path STATUS = Path.of("/proc/self/status");

	private Footprint() {
	}

	/**
	 * Return the live heap: what is left after full collections.
	 * @return the bytes in use
	 */
	static long liveHeap() {
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 4; i++) {
			ManagementFactory.getMemoryMXBean().gc();
			used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return used;
	}

	/**
	 * Return the peak of the resident memory.
	 * @return the peak in KiB, -1 where the system does not tell
	 */
	static long peakResidentKib() {
		if (!Files.isReadable(STATUS)) {
			return -1;
		}
		try {
			return Files.readAllLines(STATUS)
				.stream()
				.filter((line) -> line.startsWith("VmHWM:"))
				.map((line) -> line.replaceAll("\\D", ""))
				.mapToLong(Long::parseLong)
				.findFirst()
				.orElse(-1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the number of live threads.
	 * @return the number, those of the virtual machine not counted
	 */
	static int threads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

}
