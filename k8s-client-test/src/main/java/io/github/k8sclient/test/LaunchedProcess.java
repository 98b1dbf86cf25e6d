package io.github.k8sclient.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs for a while and does not outlive this JVM.
 */
final class LaunchedProcess {

	private static final int TAIL = 30;

	private final Process process;

	private final Path log;

	private final Thread shutdownHook;

	private LaunchedProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
		this.shutdownHook = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.shutdownHook);
	}

	static LaunchedProcess start(Path log, List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
				.start();
			return new LaunchedProcess(process, log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot start " + command.get(0), ex);
		}
	}

	/**
	 * Wait for the end of the program.
	 * @param timeout how long to wait at most
	 * @return whether it has ended
	 */
	boolean hasExited(Duration timeout) {
		try {
			return this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for a process", ex);
		}
	}

	void kill(Duration timeout) {
		this.process.destroyForcibly();
		boolean exited = hasExited(timeout);
		Runtime.getRuntime().removeShutdownHook(this.shutdownHook);
		if (!exited) {
			throw new IllegalStateException("Process " + this.process.pid() + " does not end");
		}
	}

	/**
	 * Send a signal by the program {@code kill}.
	 * @param signal the name of the signal, such as {@code STOP}
	 */
	void signal(String signal) {
		String pid = String.valueOf(this.process.pid());
		try {
			Process kill = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start();
			if (kill.waitFor() != 0) {
				throw new IllegalStateException("Process " + pid + " cannot be sent " + signal);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot run kill", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while sending a signal", ex);
		}
	}

	/**
	 * The end of what the program printed.
	 * @return the last lines
	 */
	String logTail() {
		try {
			List<String> lines = Files.readAllLines(this.log);
			return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
		}
		catch (IOException ex) {
			return "(no log: " + ex.getMessage() + ")";
		}
	}

}
