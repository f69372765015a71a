package marlab.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import marlab.app.picture.Drawing;
import marlab.app.picture.Program;
import marlab.app.picture.Provenance;
import marlab.app.picture.WorldPicture;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Palette;
import marlab.app.theme.Scheme;
import marlab.app.theme.ThemeChoice;
import marlab.learning.train.BadInput;
import marlab.sim.draw.Portrayal;
import marlab.sim.draw.Trails;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayReader;
import marlab.sim.snapshot.Frame;

/// A moment of a replay, to make a picture of.
record ReplayMoment(ReplayHeader header, WorldPicture.Moment moment) {

    /// Reads a replay up to a moment.
    ///
    /// @param wanted serial number of the moment, −1 for the last
    /// @throws BadInput with one sentence where there is no such file or moment
    static ReplayMoment read(Path file, long wanted) {
        try (ReplayReader reader = new ReplayReader(file)) {
            ReplayHeader header = reader.header();
            Portrayal portrayal = header.portrayal();
            Trails trails = new Trails(reader.spec().agentCount());
            Frame frame = new Frame(reader.spec());
            Frame next = new Frame(reader.spec());
            long last = -1;
            while ((wanted < 0 || last < wanted) && reader.next(next)) {
                frame.copyFrom(next);
                trails.note(frame, portrayal);
                last = frame.moment;
            }
            if (last < 0) {
                throw new BadInput(file + " has no moments; record another replay.");
            }
            if (wanted > last) {
                throw new BadInput(
                        file + " ends at moment " + last + "; there is no moment " + wanted + ".");
            }
            return new ReplayMoment(header, new WorldPicture.Moment(portrayal, frame, trails));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(
                    file
                            + " can't be read as a replay ("
                            + e.getMessage()
                            + "); name another file.",
                    e);
        }
    }

    Drawing drawing(ThemeChoice theme, double width, double height) {
        Scheme scheme = theme == ThemeChoice.DARK ? Scheme.DARK : Scheme.LIGHT;
        ColourRegistry colours = new ColourRegistry(Palette.of(scheme));
        return new WorldPicture(colours, 1).drawing(moment, width, height);
    }

    Provenance provenance() {
        Frame frame = moment.frame();
        Provenance from =
                Provenance.of(header.provider().title(), Program.version())
                        .with("World", header.world())
                        .with("Options", header.envOptions().asText())
                        .with("Seed", frame.seed)
                        .with("Moment", frame.moment)
                        .with("Episode", frame.episode)
                        .with("Step", frame.step)
                        .with("PolicyVersion", frame.policyVersion);
        return header.config().isEmpty() ? from : from.with("Config", header.config());
    }
}
