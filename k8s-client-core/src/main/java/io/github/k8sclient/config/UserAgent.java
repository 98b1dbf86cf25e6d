package io.github.k8sclient.config;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The {@code User-Agent} that a client introduces itself with, in the form that
 * Kubernetes programs use, so that audit logs and flow control know it:
 * {@code <application>/<version> (<os>/<architecture>) k8s-client-java/<version>}.
 *
 * @since 0.1.0
 */
public final class UserAgent {

	private static final String UNKNOWN = "unknown";

	private UserAgent() {
	}

	/**
	 * Return the user agent of an application.
	 * @param application name of the application
	 * @param version version of the application, {@code null} when unknown
	 * @return the user agent
	 */
	public static String of(String application, @Nullable String version) {
		return token(application) + "/" + token(version) + " (" + os() + "/" + architecture() + ") k8s-client-java/"
				+ token(UserAgent.class.getPackage().getImplementationVersion());
	}

	/**
	 * Return the user agent of an application that has given no name: the name of its jar
	 * or main class stands for it, as the name of the executable does in Go.
	 */
	static String ofThisProcess() {
		String command = System.getProperty("sun.java.command", "");
		// What follows the first blank are arguments, which may be secrets
		String program = command.split(" ", 2)[0];
		if (program.endsWith(".jar")) {
			String file = program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
			return of(file.substring(0, file.length() - ".jar".length()), null);
		}
		return of(program.substring(program.lastIndexOf('.') + 1), null);
	}

	private static String token(@Nullable String text) {
		return StringUtils.hasText(text) ? text.trim().replaceAll("[^A-Za-z0-9!#$%&'*+.^_`|~-]", "-") : UNKNOWN;
	}

	private static String os() {
		String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
		if (name.startsWith("mac")) {
			return "darwin";
		}
		return token(name.startsWith("windows") ? "windows" : name);
	}

	private static String architecture() {
		String name = System.getProperty("os.arch", "");
		return switch (name) {
			case "x86_64" -> "amd64";
			case "aarch64" -> "arm64";
			default -> token(name);
		};
	}

}
