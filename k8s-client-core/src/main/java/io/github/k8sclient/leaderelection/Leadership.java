package io.github.k8sclient.leaderelection;

/**
 * That one instance leads, until another does.
 *
 * @param identity the identity of the instance
 * @param fencingToken how many times the lease has changed hands before. No leader after
 * this one has a token as small, so that whoever is asked to write can refuse one that
 * does not know yet that it leads no more
 * @since 0.1.0
 */
public record Leadership(String identity, int fencingToken) {
}
