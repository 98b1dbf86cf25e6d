package io.github.k8sclient.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.k8sclient.config.PemSource;

/**
 * The certificates and keys that {@code generate.sh} has made.
 */
public final class TlsFiles {

	private TlsFiles() {
	}

	public static Path path(String name) {
		try {
			return Path.of(TlsFiles.class.getResource("/tls/" + name).toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static byte[] bytes(String name) {
		try {
			return Files.readAllBytes(path(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static PemSource pem(String name) {
		return PemSource.file("test." + name, path(name));
	}

}
