package io.github.k8sclient.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Certificates or a key in PEM form: a file, which may be rotated, or data that stay as
 * they are. Knows the entry of the configuration that it comes from, so that errors can
 * name it; {@code toString} never shows the content.
 *
 * @since 0.1.0
 */
public final class PemSource {

	private final String location;

	private final @Nullable Path file;

	private final byte @Nullable [] data;

	private PemSource(String location, @Nullable Path file, byte @Nullable [] data) {
		Assert.hasText(location, "'location' must not be empty");
		this.location = location;
		this.file = file;
		this.data = data;
	}

	/**
	 * Return a source that reads a file each time it is asked.
	 * @param location the entry that names the file, such as
	 * {@code clusters[prod].certificate-authority}
	 * @param file the file
	 * @return the source
	 */
	public static PemSource file(String location, Path file) {
		Assert.notNull(file, "'file' must not be null");
		return new PemSource(location, file, null);
	}

	/**
	 * Return a source of data in memory. The array is copied.
	 * @param location the entry that holds the data, such as
	 * {@code clusters[prod].certificate-authority-data}
	 * @param data PEM text in bytes
	 * @return the source
	 */
	public static PemSource data(String location, byte[] data) {
		Assert.notNull(data, "'data' must not be null");
		return new PemSource(location, null, data.clone());
	}

	/**
	 * Return the entry that the content comes from.
	 * @return the entry, with the file when there is one
	 */
	public String location() {
		return (this.file != null) ? this.location + " (" + this.file + ")" : this.location;
	}

	/**
	 * Return the file that is read.
	 * @return the file, or {@code null} for data in memory
	 */
	public @Nullable Path file() {
		return this.file;
	}

	/**
	 * Return the content as it is now. Reads the file, so it blocks.
	 * @return PEM text in bytes, not to be changed
	 * @throws ConfigurationException if the file cannot be read
	 */
	public byte[] read() {
		if (this.file == null) {
			Assert.state(this.data != null, "Neither a file nor data");
			return this.data;
		}
		try {
			return Files.readAllBytes(this.file);
		}
		catch (IOException ex) {
			throw new ConfigurationException(this.location + " cannot be read: " + reason(this.file, ex),
					"Correct the path, or make the file readable for this process.", ex);
		}
	}

	/**
	 * Return the source of two entries of which at most one may be set.
	 * @return the source, or {@code null} when neither is set
	 * @throws ConfigurationException if both are set
	 */
	static @Nullable PemSource either(KubeConfigEntry entry, String fileKey, @Nullable Path file, String dataKey,
			byte @Nullable [] data) {
		if (file != null && data != null) {
			throw new ConfigurationException(entry.location(fileKey) + " is set together with " + dataKey,
					"Keep one of " + fileKey + " and " + dataKey + ".");
		}
		if (file != null) {
			return file(entry.location(fileKey), file);
		}
		return (data != null) ? data(entry.location(dataKey), data) : null;
	}

	/**
	 * Read a small text file.
	 */
	static String text(Path file, String location) {
		return new String(file(location, file).read(), StandardCharsets.UTF_8);
	}

	static String reason(Path file, IOException ex) {
		if (ex instanceof NoSuchFileException) {
			return "there is no file " + file;
		}
		if (ex instanceof AccessDeniedException) {
			return "access to " + file + " is denied";
		}
		if (Files.isDirectory(file)) {
			return file + " is a folder";
		}
		return file + ": " + ex.getMessage();
	}

	@Override
	public String toString() {
		return location();
	}

}
