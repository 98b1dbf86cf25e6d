package io.github.k8sclient.demo;

import io.github.k8sclient.api.core.v1.PersistentVolumeClaim;
import io.github.k8sclient.event.ResourceAddedEvent;
import io.github.k8sclient.event.ResourceDeletedEvent;
import io.github.k8sclient.event.ResourceUpdatedEvent;
import io.github.k8sclient.value.Quantity;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps a running total of the storage that claims ask for and acts when it exceeds a
 * maximum.
 * <p>
 * The events of one kind arrive one after the other, in the order of the cluster, so the
 * total needs no lock.
 */
@Component
class PvcWatch {

	private final Console console;

	private final Quantity maxClaims;

	private Quantity total = Quantity.ZERO;

	PvcWatch(Console console, Flags flags) {
		this.console = console;
		this.maxClaims = flags.maxClaims();
	}

	@EventListener
	void added(ResourceAddedEvent<PersistentVolumeClaim> event) {
		Quantity size = Claims.size(event.resource());
		this.total = this.total.add(size);
		this.console.print("PVC %s added, claim size %s", event.resource().metadata().name(), size);
		reportOverage();
		reportUsage();
	}

	@EventListener
	void updated(ResourceUpdatedEvent<PersistentVolumeClaim> event) {
		Quantity before = Claims.size(event.previous());
		Quantity after = Claims.size(event.resource());
		if (before.compareTo(after) == 0) {
			return;
		}
		this.total = this.total.subtract(before).add(after);
		this.console.print("PVC %s resized, claim size %s", event.resource().metadata().name(), after);
		reportOverage();
		reportUsage();
	}

	@EventListener
	void deleted(ResourceDeletedEvent<PersistentVolumeClaim> event) {
		Quantity size = Claims.size(event.resource());
		this.total = this.total.subtract(size);
		this.console.print("PVC %s removed, size %s", event.resource().metadata().name(), size);
		if (this.total.compareTo(this.maxClaims) <= 0) {
			this.console.print("Claim usage normal: max %s at %s", this.maxClaims, this.total);
			takeAction();
		}
		reportUsage();
	}

	private void reportOverage() {
		if (this.total.compareTo(this.maxClaims) > 0) {
			this.console.print("Claim overage reached: max %s at %s", this.maxClaims, this.total);
			takeAction();
		}
	}

	private void takeAction() {
		this.console.print("*** Taking action ***");
	}

	private void reportUsage() {
		double percent = this.total.toBigDecimal().doubleValue() / this.maxClaims.toBigDecimal().doubleValue() * 100;
		// The article that this program comes from spells it so
		this.console.print("At %.1f%% claim capcity (%s/%s)", percent, this.total, this.maxClaims);
	}

}
