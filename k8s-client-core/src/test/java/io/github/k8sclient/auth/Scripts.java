package io.github.k8sclient.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Shell scripts as credential plugins.
 */
public final class Scripts {

	private Scripts() {
	}

	/**
	 * Write a program whose working folder is the one that it stands in.
	 */
	public static Path write(Path file, String body) {
		try {
			Files.writeString(file, "#!/bin/sh\ncd " + file.getParent() + "\n" + body + "\n");
			return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return a command that prints a credential, with variables expanded.
	 * @param status members of the status, in JSON
	 */
	public static String print(String status) {
		return "cat <<END\n{\"kind\": \"ExecCredential\", \"apiVersion\": \"client.authentication.k8s.io/v1\", "
				+ "\"status\": {" + status + "}}\nEND";
	}

	/**
	 * Return a command that prints a token.
	 */
	public static String printToken(String token) {
		return print("\"token\": \"" + token + "\"");
	}

	/**
	 * Return a command that counts its runs in the variable {@code n} and the file
	 * {@code runs}.
	 */
	public static String count() {
		return "echo >> runs; n=$(($(wc -l < runs)))";
	}

}
